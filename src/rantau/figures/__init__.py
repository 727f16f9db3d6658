"""What pictures and the promise page read: computed from every area below, stored nowhere yet."""
