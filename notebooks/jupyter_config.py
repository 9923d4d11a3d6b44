"""How notebooks become pages that ask nothing of the network: by JupyterLab's menu, by nbconvert.

`make lab` lets JupyterLab read it; `jupyter nbconvert --config jupyter_config.py` reads it too.
"""

from analysis.project import TEMPLATES

c = get_config()  # noqa: F821 - there while Jupyter reads this file

c.HTMLExporter.template_name = "alone"
c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
c.HTMLExporter.embed_images = True
# In place of menus, which need a kernel, a page holds what they showed.
c.NbConvertBase.display_data_priority = [
    "text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain",
]  # fmt: skip
