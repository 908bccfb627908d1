"""An edition compiler: from plain files under ``edition/`` to a proved, published edition."""
