"""The desk: Qt only. No SQL, no image maths, no crypto; what it shows comes from `app.station.views`."""
