// Package store keeps a study in one SQLite file: what was run, what came
// out, what was expected, and what people made of it.
//
// Numbers are columns in memory (see package column), kept in the file as
// checked pieces; SQL is for entities, texts and sums. An import goes
// through these steps:
//
//  1. the bytes are hashed, beside or before the reading
//  2. a format reads the file into a sink: columns, keys, texts, problems
//  3. columns become tables, clustered by run, context and step
//  4. one transaction writes everything, or nothing
//
// so that a file is imported whole or not at all, whatever happens, and no
// lock is held while reading.
//
// The journal is a rollback journal with full synchronization: a study is
// one file that can be copied, mailed and kept on a network drive, and
// readers wait only for the moment of a commit, because changes stay in
// memory until then.
//
// How fast an import is, beside the sqlite3 command on the same table, and
// how fast a study opens, is measured by
//
//	go test -run=- -bench='Import|Load' -benchtime=3x ./data/store
package store
