from server.people import logins
from server.routes import Routes
from server.system import System
class Jira(System):
    name="jira"; prefixes=("/jira-none/",); logins=logins(""); routes=Routes()
