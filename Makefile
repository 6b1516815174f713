# The verbs. `make run` and `make test` are all a newcomer needs: each installs what it misses, builds, and works.

export PATH := $(CURDIR)/build/node/node_modules/.bin:$(PATH)
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.SILENT:
MAKEFLAGS += --no-print-directory

## run           build, make ./data with a demo organisation on the first start, print address and sign-in, serve
.PHONY: run
run:
	tools/setup run
	tools/web
	tools/build release
	exec tools/run

## mail          send a first email into the running program (FROM=, TO=, SUBJECT=, TEXT= to choose)
.PHONY: mail
mail:
	tools/mail

## build         the release binary build/bellhop, with the web front end inside
.PHONY: build
build:
	tools/setup run
	tools/web
	tools/build release

## dev           the front end from Vite with live reload, beside a `make run` in another terminal
.PHONY: dev
dev:
	tools/setup run
	cd web && npm run dev

## test          everything; ends with "N passed, N failed"
.PHONY: test
test:
	tools/setup test
	tools/web
	tools/test

## test-c        C unit tests under ASan+UBSan, threaded ones under TSan, fuzz seeds (T=name: only those whose name has it)
## test-pg       C tests that talk to databases, and whole-program tests on PostgreSQL
## test-web      types, style and unit tests of the front end
## test-e2e      whole-program and browser tests (T=file, ENGINES=sqlite,postgresql: all of them on these)
## check-sql     every SQL statement prepared on SQLite and PostgreSQL
.PHONY: test-c test-pg test-web test-e2e check-sql
test-c:
	tools/setup test
	tools/test c tsan fuzz
test-pg:
	tools/setup test
	tools/web
	tools/with-postgres bash -c "T='^(db|store|bus|job)_' tools/test c && ENGINES=postgresql tools/test sql e2e"
test-web:
	tools/setup test
	tools/test web
test-e2e:
	tools/setup test
	tools/web
	tools/test e2e
check-sql:
	tools/setup test
	tools/test sql

## sanitize      whole-program tests against a binary under ASan+UBSan
## tsan          threaded unit tests under TSan
## fuzz          T=name [SECONDS=60]: run src/*/name_fuzz.c; what it finds lands in tests/fuzz/name/
## fuzz-seeds    build every fuzzer, run its seeds and five seconds more
.PHONY: sanitize tsan fuzz fuzz-seeds
sanitize:
	tools/setup test
	tools/web
	tools/build asan
	BELLHOP_BINARY=$(CURDIR)/build/asan/bellhop tools/test e2e
tsan:
	tools/setup test
	tools/test tsan
fuzz:
	tools/setup test
	tools/fuzz $(T) $(or $(SECONDS),60)
fuzz-seeds:
	tools/setup test
	tools/test fuzz

## lint          layers, headers, banned functions, SQL out of place, writable globals, stale generated files
## fmt           format C and TypeScript
## types         print types and API description from the binary's tables into web/gen
## bench         ratios against references measured in the same run
.PHONY: lint fmt types bench
lint:
	tools/setup test
	tools/lint
fmt:
	tools/setup test
	tools/fmt
types: build
	tools/types
bench: build
	tools/setup bench
	tools/bench

## screens       pictures of every page of the running program, into docs/screens/
.PHONY: screens
screens: build
	tools/setup test
	cd tests && node --import tsx browser/screens.ts

## clean         remove build/
.PHONY: clean help
clean:
	rm -rf build

## help          this list
help:
	sed -n 's/^## //p' Makefile
