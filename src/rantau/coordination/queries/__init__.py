"""Reading coordination: what a declared interest bars, and where meetings, demand and declarations are read."""

from . import demand as demand
from . import interests as interests
from . import meetings as meetings
from .interests import barred_schools as barred_schools
from .interests import nominator_declared as nominator_declared
