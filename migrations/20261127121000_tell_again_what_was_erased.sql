-- Names that were erased at the portal and may go there again: an objection was lifted, the mark "never tell" was taken off. It is
-- told to the portal first, which takes no erased name otherwise.
CREATE TABLE sync_readmit (
    id              TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
