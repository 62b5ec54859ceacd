# make run    set up what is missing, build, open the window on a sample study
# make test   set up what is missing, run every check
# make package  pack the program for this platform into dist/

.PHONY: run test build setup package generate clean

PROGRAM = ./witnessmark$(shell test "$$OS" = Windows_NT && echo .exe)

run: build
	@.ci/start $(PROGRAM)

build: setup
	@.ci/build $(PROGRAM)

test: setup
	@.ci/test

package: setup
	@.ci/package

# generate writes the bundled study and the icon anew.
generate: setup
	.ci/go generate ./assets

setup:
	@.ci/setup

clean:
	rm -rf witnessmark witnessmark.exe out dist
