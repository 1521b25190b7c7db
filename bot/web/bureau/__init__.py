"""The desk: what staff and coordinators see and do in the browser. Pages are made here, on the server."""
