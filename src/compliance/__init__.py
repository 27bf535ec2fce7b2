"""Does a municipal plan carry out national digitalisation policy, or only repeat it?"""

from importlib.metadata import version

__version__ = version("norwegian-digital-compliance")
