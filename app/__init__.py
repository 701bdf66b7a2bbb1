"""The station (工作站): everything a clerk meets."""
