package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// latinAVX2 takes 64 bytes of text in two registers. What a byte is depends on its
// neighbours, since Latin-1 letters have two bytes, so each register is loaded three
// times: as it is, one byte earlier and one byte later.
func latinAVX2() {
	TEXT("latinAVX2", NOSPLIT, "func(folded, words, stops, text *byte, blocks int)")
	Pragma("noescape")
	Doc("latinAVX2 does Latin for blocks of 64 bytes, one at least. It reads one byte before and one behind them.")
	folded, words, stops := Load(Param("folded"), GP64()), Load(Param("words"), GP64()), Load(Param("stops"), GP64())
	text, blocks := Load(Param("text"), GP64()), Load(Param("blocks"), GP64())
	var c constants
	Label("block")
	word, stop := c.half(text, folded, 0)
	word2, stop2 := c.half(text, folded, 32)
	for _, pair := range [][2]GPVirtual{{word, word2}, {stop, stop2}} {
		SHLQ(Imm(32), pair[1])
		ORQ(pair[1], pair[0])
	}
	MOVQ(word, Mem{Base: words})
	MOVQ(stop, Mem{Base: stops})
	ADDQ(Imm(64), text)
	ADDQ(Imm(64), folded)
	ADDQ(Imm(8), words)
	ADDQ(Imm(8), stops)
	DECQ(blocks)
	JNZ(LabelRef("block"))
	VZEROUPPER()
	RET()
}

// constants are registers' worth of one byte, in memory.
type constants map[byte]Mem

func (c *constants) of(b byte) Mem {
	if m, ok := (*c)[b]; ok {
		return m
	}
	m := GLOBL(fmt.Sprintf("bytes%02x", b), RODATA|NOPTR)
	for i := range 32 {
		DATA(i, U8(b))
	}
	if *c == nil {
		*c = constants{}
	}
	(*c)[b] = m
	return m
}

// half does 32 bytes at the given distance and returns their bits.
func (c *constants) half(text, folded Register, at int) (word, stop GPVirtual) {
	before, here, behind := YMM(), YMM(), YMM()
	VMOVDQU(Mem{Base: text, Disp: at - 1}, before)
	VMOVDQU(Mem{Base: text, Disp: at}, here)
	VMOVDQU(Mem{Base: text, Disp: at + 1}, behind)

	Comment("the second and the first byte of a letter of Latin-1")
	second, first := c.second(here), c.second(behind)
	VPCMPEQB(c.of(0xc3), before, before)
	VPAND(before, second, second)
	lead := YMM()
	VPCMPEQB(c.of(0xc3), here, lead)
	VPAND(lead, first, first)

	Comment("a letter of ASCII, a digit")
	letter, digit := YMM(), YMM()
	VPOR(c.of(0x20), here, letter)
	c.below(letter, 'a', 26)
	VMOVDQA(here, digit)
	c.below(digit, '0', 10)

	Comment("lower case, and ss for the two bytes of \u00df")
	small, sharp, low := YMM(), YMM(), YMM()
	VPOR(letter, second, small)
	VPAND(c.of(0x20), small, low)
	VPOR(here, low, low)
	VPCMPEQB(c.of(0x9f), here, sharp)
	VPAND(second, sharp, sharp)
	VPCMPEQB(c.of(0x9f), behind, behind)
	VPAND(first, behind, behind)
	VPOR(behind, sharp, sharp)
	VPBLENDVB(sharp, c.of('s'), low, low)
	VMOVDQU(low, Mem{Base: folded, Disp: at})

	word, stop = GP64(), GP64()
	VPOR(small, first, small)
	VPOR(digit, small, small)
	VPMOVMSKB(small, word.As32())
	VPCMPEQB(c.of('_'), here, sharp)
	VPOR(here, sharp, sharp)
	VPANDN(sharp, small, sharp)
	VPMOVMSKB(sharp, stop.As32())
	return word, stop
}

// second tells where v holds what follows the byte 0xc3 in a letter of Latin-1: 0x80 to
// 0xbf, save the signs of multiplication and division, 0x97 and 0xb7.
func (c *constants) second(v VecVirtual) VecVirtual {
	in, sign := YMM(), YMM()
	VMOVDQU(c.of(0xc0), in)
	VPCMPGTB(v, in, in)
	VPOR(c.of(0x20), v, sign)
	VPCMPEQB(c.of(0xb7), sign, sign)
	VPANDN(in, sign, in)
	return in
}

// below makes of v where it held one of the count bytes from first on. AVX2 compares
// signed bytes: first is moved to the lowest one.
func (c *constants) below(v VecVirtual, first, count byte) {
	limit := YMM()
	VPADDB(c.of(0x80-first), v, v)
	VMOVDQU(c.of(0x80+count), limit)
	VPCMPGTB(v, limit, v)
}
