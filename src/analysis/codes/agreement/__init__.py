"""How far two coders agree, and what was settled where they do not."""
