"""Where a running Rantau is put together: settings, addresses, the way in for servers."""
