// Command gen writes the loops of package lanes for the vector units of amd64:
//
//	go -C gen run . -out ../lanes_amd64.s -stubs ../stubs_amd64.go -pkg lanes
//
// It is a module of its own, so that avo, which assembles the loops, is nothing that
// a user of reprint has to build.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("!purego")
	foldAVX2()
	foldAVX512()
	latinAVX2()
	wordsAVX2()
	Generate()
}
