"""From the inspectorate's page of an authority to its documents, asked for politely."""
