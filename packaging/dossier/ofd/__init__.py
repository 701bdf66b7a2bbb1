"""OFD files (GB/T 33190-2016) made by others: read within bounds, drawn as pages, their signatures looked at."""
