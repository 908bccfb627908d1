"""Publishing: pages into docs/, docs/ through MkDocs into a stage, the stage into the site."""
