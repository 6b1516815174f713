# Splits C files into what the rules of tools/lint look at. One line each of: kind, file:line, text, separated by tabs. Kinds:
# code (a line without its comments; string literals are ""), string (the inside of a literal), comment, and note (a // comment).
# Knows nothing of line splices and trigraphs, which nobody here writes.

FNR == 1 { in_comment = 0 }

function out(kind, text) { if (text !~ /^[ \t]*$/) printf "%s\t%s:%d\t%s\n", kind, FILENAME, FNR, text }

{
	rest = $0
	code = ""
	if ($0 ~ /^#[ \t]*include/) { out("code", $0); next }
	while (rest != "") {
		if (in_comment) {
			at = index(rest, "*/")
			out("comment", at ? substr(rest, 1, at - 1) : rest)
			if (!at) { rest = ""; break }
			in_comment = 0
			rest = substr(rest, at + 2)
		} else if (!match(rest, /["']|\/\*|\/\//)) {
			code = code rest
			rest = ""
		} else {
			mark = substr(rest, RSTART, RLENGTH)
			code = code substr(rest, 1, RSTART - 1)
			rest = substr(rest, RSTART)
			if (mark == "/*") { in_comment = 1; code = code " "; rest = substr(rest, 3) }
			else if (mark == "//") { out("note", rest); rest = "" }
			else if (mark == "\"" && match(rest, /^"([^"\\]|\\.)*"/) || mark == "'" && match(rest, /^'([^'\\]|\\.)*'/)) {
				if (mark == "\"") out("string", substr(rest, 2, RLENGTH - 2))
				code = code mark mark
				rest = substr(rest, RLENGTH + 1)
			} else { code = code mark; rest = substr(rest, 2) }
		}
	}
	out("code", code)
}
