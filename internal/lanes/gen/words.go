package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// wordsAVX2 takes four words at a time, each in a lane of 64 bits. AVX2 has no
// multiplication of such lanes; one by a constant is made of three of 32 bits.
func wordsAVX2() {
	TEXT("wordsAVX2", NOSPLIT, "func(hashes *uint64, stems *uint32, marks, folded *byte, starts, ends *uint32, seed uint64, n int)")
	Pragma("noescape")
	Doc("wordsAVX2 does Words.Hash for a multiple of four words, four at least.")
	g := words{hashes: Load(Param("hashes"), GP64()), stems: Load(Param("stems"), GP64()), marks: Load(Param("marks"), GP64()),
		folded: Load(Param("folded"), GP64()), starts: Load(Param("starts"), GP64()), ends: Load(Param("ends"), GP64())}
	g.seed, g.ones, g.zero = YMM(), YMM(), YMM()
	VPBROADCASTQ(NewParamAddr("seed", 48), g.seed)
	n := Load(Param("n"), GP64())
	VPCMPEQQ(g.ones, g.ones, g.ones)
	VPXOR(g.zero, g.zero, g.zero)
	g.constants()
	LEAQ(markBits(), g.markBits)
	Label("four")
	g.four()
	ADDQ(Imm(32), g.hashes)
	ADDQ(Imm(16), g.stems)
	ADDQ(Imm(4), g.marks)
	ADDQ(Imm(16), g.starts)
	ADDQ(Imm(16), g.ends)
	SUBQ(Imm(4), n)
	JNZ(LabelRef("four"))
	VZEROUPPER()
	RET()
}

// words are the arguments and constants of wordsAVX2.
type words struct {
	hashes, stems, marks, folded, starts, ends Register
	markBits                                   GPVirtual
	seed, ones, zero                           VecVirtual

	c1, c2, fmix1, fmix2                factor
	highest, each1, each5, n64, n15, n8 Mem
}

// factor is a constant in each lane, and with its halves changed.
type factor struct{ plain, swapped Mem }

func (g *words) constants() {
	g.markBits = GP64()
	g.c1, g.c2 = newFactor("c1", 0x87c37b91114253d5), newFactor("c2", 0x4cf5ad432745937f)
	g.fmix1, g.fmix2 = newFactor("fmix1", 0xff51afd7ed558ccd), newFactor("fmix2", 0xc4ceb9fe1a85ec53)
	upper, g.highest = lanesOf("upper", 0xffffffff<<32), lanesOf("highest", 0x8080808080808080)
	g.each1, g.each5 = lanesOf("each1", 0x0101010101010101), lanesOf("each5", 0x0505050505050505)
	g.n64, g.n15, g.n8 = lanesOf("n64", 64), lanesOf("n15", 15), lanesOf("n8", 8)
}

func newFactor(name string, c uint64) factor {
	return factor{lanesOf(name, c), lanesOf(name+"swapped", c<<32|c>>32)}
}

// lanesOf are four lanes of one number, in memory.
func lanesOf(name string, n uint64) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 4 {
		DATA(8*i, U64(n))
	}
	return m
}

// markBits has for each set of four words the lowest bits of their marks.
func markBits() Mem {
	m := GLOBL("markBits", RODATA|NOPTR)
	for set := range 16 {
		DATA(4*set, U32(set&1|set>>1&1<<8|set>>2&1<<16|set>>3<<24))
	}
	return m
}

func (g *words) four() {
	v, w := g.load()
	n, s := YMM(), YMM()
	VPMOVZXDQ(Mem{Base: g.starts}, s)
	VPMOVZXDQ(Mem{Base: g.ends}, n)
	VPSUBQ(s, n, n)
	letters := g.letters(v)
	long := g.long(n, letters)

	Comment("the bits behind each word")
	after, afterW := YMM(), YMM()
	VPSLLQ(U8(3), n, after)
	VPMAXSD(g.n64, after, afterW)
	VPSUBQ(g.n64, afterW, afterW)
	VPSLLVQ(after, g.ones, after)
	VPSLLVQ(afterW, g.ones, afterW)
	g.mark(long, v, after, w, afterW)

	Comment("both halves of the hash, and the first of the stem's")
	h1, h2, s1, s2, own := YMM(), YMM(), YMM(), YMM(), YMM()
	VPSLLQ(U8(3), letters, s1)
	VPSLLVQ(s1, g.ones, s1)
	VPANDN(v, s1, s1)
	VPANDN(v, after, h1)
	VPANDN(w, afterW, h2)
	multiply(lane{h1, g.c1}, lane{h2, g.c2}, lane{s1, g.c1})
	rotate(h1, 31)
	rotate(h2, 33)
	rotate(s1, 31)
	multiply(lane{h1, g.c2}, lane{h2, g.c1}, lane{s1, g.c2})
	VPXOR(g.seed, n, own)
	VPXOR(own, h1, h1)
	VPXOR(own, h2, h2)
	VPXOR(g.seed, letters, s2)
	VPXOR(s2, s1, s1)
	VPCMPGTQ(letters, n, n)

	Comment("the last steps")
	VPADDQ(h2, h1, h1)
	VPADDQ(h1, h2, h2)
	VPADDQ(s2, s1, s1)
	VPADDQ(s1, s2, s2)
	all := []VecVirtual{h1, h2, s1, s2}
	for _, f := range []factor{g.fmix1, g.fmix2} {
		fold(all)
		multiply(lane{h1, f}, lane{h2, f}, lane{s1, f}, lane{s2, f})
	}
	fold(all)
	VPADDQ(h2, h1, h1)
	VPADDQ(s2, s1, s1)
	VMOVDQU(h1, Mem{Base: g.hashes})
	VPBLENDVB(n, s1, h1, s1)
	high := XMM()
	VEXTRACTI128(U8(1), s1, high)
	VSHUFPS(U8(0xdd), high, s1.AsX(), high)
	VMOVDQU(high, Mem{Base: g.stems})
}

// load returns the first eight bytes of each word and what stands behind these.
func (g *words) load() (v, w VecVirtual) {
	even, odd := YMM(), YMM()
	at := [4]GPVirtual{GP64(), GP64(), GP64(), GP64()}
	for i := range at {
		MOVL(Mem{Base: g.starts, Disp: 4 * i}, at[i].As32())
	}
	VMOVDQU(Mem{Base: g.folded, Index: at[0], Scale: 1}, even.AsX())
	VMOVDQU(Mem{Base: g.folded, Index: at[1], Scale: 1}, odd.AsX())
	VINSERTI128(U8(1), Mem{Base: g.folded, Index: at[2], Scale: 1}, even, even)
	VINSERTI128(U8(1), Mem{Base: g.folded, Index: at[3], Scale: 1}, odd, odd)
	v, w = YMM(), YMM()
	VPUNPCKLQDQ(odd, even, v)
	VPUNPCKHQDQ(odd, even, w)
	return v, w
}

// letters returns how many bytes the first five characters have, 8 if v does not tell: of the
// bytes those up to which no more than five characters begin.
func (g *words) letters(v VecVirtual) VecVirtual {
	Comment("how many characters begin up to each byte")
	begun, before := YMM(), YMM()
	VPADDB(v, v, begun)
	VPANDN(v, begun, begun)
	VPCMPGTB(begun, g.zero, begun)
	VPADDB(g.each1, begun, begun)
	for _, bits := range []uint8{8, 16, 32} {
		VPSLLQ(U8(bits), begun, before)
		VPADDB(before, begun, begun)
	}
	VPCMPGTB(g.each5, begun, begun)
	VPADDB(g.each1, begun, begun)
	VPSADBW(g.zero, begun, begun)
	return begun
}

// long tells which words are too long, or begin with characters that are.
func (g *words) long(n, letters VecVirtual) GPVirtual {
	long, unknown, set := YMM(), YMM(), GP64()
	VPCMPGTQ(g.n15, n, long)
	VPCMPEQQ(g.n8, letters, unknown)
	VPOR(unknown, long, long)
	VMOVMSKPD(long, set.As32())
	return set
}

// mark adds the marks of the words: of a digit the two highest bits are 0.
func (g *words) mark(long GPVirtual, v, afterV, w, afterW VecVirtual) {
	Comment("digits")
	set := GP64()
	var parts []VecVirtual
	for _, p := range [][2]VecVirtual{{v, afterV}, {w, afterW}} {
		own, next := YMM(), YMM()
		VPOR(p[1], p[0], own)
		VPADDB(own, own, next)
		VPOR(next, own, own)
		parts = append(parts, own)
	}
	none := parts[0]
	VPAND(parts[1], none, none)
	VPANDN(g.highest, none, none)
	VPCMPEQQ(g.zero, none, none)
	VMOVMSKPD(none, set.As32())
	XORL(Imm(15), set.As32())
	MOVL(Mem{Base: g.markBits, Index: set, Scale: 4}, set.As32())
	MOVL(Mem{Base: g.markBits, Index: long, Scale: 4}, long.As32())
	SHLL(Imm(6), long.As32())
	ORL(long.As32(), set.As32())
	ORL(set.As32(), Mem{Base: g.marks})
}

// lane is numbers and what they are multiplied by.
type lane struct {
	x VecVirtual
	factor
}

// multiply multiplies several numbers side by side: of each the lower halves, and to the upper
// one of that the products of one's lower with the other's upper half.
func multiply(lanes ...lane) {
	cross := make([]VecVirtual, len(lanes))
	for i, l := range lanes {
		cross[i] = YMM()
		VPMULLD(l.swapped, l.x, cross[i])
	}
	for _, l := range lanes {
		VPMULUDQ(l.plain, l.x, l.x)
	}
	for _, c := range cross {
		other := YMM()
		VPSHUFD(U8(0xb1), c, other)
		VPADDD(other, c, c)
	}
	for i, l := range lanes {
		VPAND(upper, cross[i], cross[i])
		VPADDQ(cross[i], l.x, l.x)
	}
}

func rotate(x VecVirtual, by uint8) {
	right := YMM()
	VPSRLQ(U8(64-by), x, right)
	VPSLLQ(U8(by), x, x)
	VPOR(right, x, x)
}

func fold(list []VecVirtual) {
	for _, h := range list {
		high := YMM()
		VPSRLQ(U8(33), h, high)
		VPXOR(high, h, h)
	}
}

var upper Mem
