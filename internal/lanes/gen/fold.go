package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The loops of Fold fold shingles into a few lanes at a time whose minima stay in
// registers while the shingles pass by.

// chunk is the number of shingles whose running values lie on the stack of foldAVX2.
const chunk = 64

// foldAVX2 keeps 4 lanes in a register. AVX2 compares 64-bit numbers as signed ones
// only, so values and minima are biased by 2^63. It has no 64-bit multiplication
// either: the value of each shingle runs from block to block through memory, one
// load and one store for 32 lanes.
func foldAVX2() {
	TEXT("foldAVX2", 0, "func(dst, h1s, h2s *uint64, lanes, n int)")
	Pragma("noescape")
	Doc("foldAVX2 folds n shingles, at most 64, into a multiple of 8 lanes.")
	a := loadArguments()
	values, steps := alignedLocal(chunk*32), AllocLocal(chunk*8)
	sign := YMM()
	Comment("2^63 in each lane")
	VPCMPEQQ(sign, sign, sign)
	VPSLLQ(U8(63), sign, sign)
	firstValues(a, values, steps, sign)
	blocks("avx2", 32, a, func() { blockAVX2(a, 8, values, steps, sign) })
	blocks("avx2tail", 8, a, func() { blockAVX2(a, 2, values, steps, sign) })
	VZEROUPPER()
	RET()
}

// alignedLocal allocates bytes on the stack that begin at a multiple of 32.
func alignedLocal(bytes int) Mem {
	at := GP64()
	LEAQ(AllocLocal(bytes+32), at)
	ADDQ(Imm(31), at)
	ANDQ(I32(-32), at)
	return Mem{Base: at}
}

// arguments are those of all loops here. left counts the lanes to do.
type arguments struct{ dst, h1s, h2s, left, n Register }

func loadArguments() arguments {
	return arguments{Load(Param("dst"), GP64()), Load(Param("h1s"), GP64()), Load(Param("h2s"), GP64()),
		Load(Param("lanes"), GP64()), Load(Param("n"), GP64())}
}

// blocks repeats body as long as enough lanes are left, and moves dst on.
func blocks(name string, lanes int, a arguments, body func()) {
	Label(name)
	CMPQ(a.left, Imm(uint64(lanes)))
	JL(LabelRef(name + "done"))
	body()
	ADDQ(U32(uint32(8*lanes)), a.dst)
	SUBQ(Imm(uint64(lanes)), a.left)
	JMP(LabelRef(name))
	Label(name + "done")
}

var loops int

// eachShingle repeats body for j = 0 ... n-1.
func eachShingle(n Register, body func(j Register)) {
	loops++
	name := "shingle" + string(rune('0'+loops))
	j := GP64()
	XORQ(j, j)
	Label(name)
	body(j)
	INCQ(j)
	CMPQ(j, n)
	JL(LabelRef(name))
}

// firstValues writes for each shingle h1, h1+h2, h1+2*h2, h1+3*h2, biased, and 4*h2.
func firstValues(a arguments, values, steps Mem, sign VecVirtual) {
	odd, upper := YMM(), YMM()
	Comment("masks of the lanes 1 and 3, and of the lanes 2 and 3")
	VPCMPEQQ(odd, odd, odd)
	VPSLLDQ(U8(8), odd, odd)
	VPCMPEQQ(upper, upper, upper)
	VPERM2I128(U8(0x08), upper, upper, upper)
	Comment("values of lanes 0 to 3")
	eachShingle(a.n, func(j Register) {
		v, step, part := YMM(), YMM(), YMM()
		VPBROADCASTQ(Mem{Base: a.h1s, Index: j, Scale: 8}, v)
		VPBROADCASTQ(Mem{Base: a.h2s, Index: j, Scale: 8}, step)
		VPAND(odd, step, part)
		VPADDQ(part, v, v)
		VPADDQ(step, step, step)
		VPAND(upper, step, part)
		VPADDQ(part, v, v)
		VPADDQ(step, step, step)
		VPXOR(sign, v, v)
		at := GP64()
		MOVQ(j, at)
		SHLQ(U8(5), at)
		VMOVDQU(v, values.Idx(at, 1))
		VMOVQ(step.AsX(), steps.Idx(j, 8))
	})
}

// blockAVX2 folds all shingles into count registers of lanes.
func blockAVX2(a arguments, count int, values, steps Mem, sign VecVirtual) {
	minima := make([]VecVirtual, count)
	for i := range minima {
		minima[i] = YMM()
		VPXOR(Mem{Base: a.dst, Disp: 32 * i}, sign, minima[i])
	}
	at := GP64()
	LEAQ(values, at)
	eachShingle(a.n, func(j Register) {
		v, step, greater := YMM(), YMM(), YMM()
		VMOVDQU(Mem{Base: at}, v)
		VPBROADCASTQ(steps.Idx(j, 8), step)
		for _, m := range minima {
			VPCMPGTQ(v, m, greater)
			VPBLENDVB(greater, v, m, m)
			VPADDQ(step, v, v)
		}
		VMOVDQU(v, Mem{Base: at})
		ADDQ(Imm(32), at)
	})
	for i, m := range minima {
		VPXOR(sign, m, m)
		VMOVDQU(m, Mem{Base: a.dst, Disp: 32 * i})
	}
}

// foldAVX512 keeps 8 lanes in a register, and 128 at a time in half of the registers.
func foldAVX512() {
	TEXT("foldAVX512", NOSPLIT, "func(dst, h1s, h2s *uint64, lanes, n int)")
	Pragma("noescape")
	Doc("foldAVX512 folds n shingles into a multiple of 8 lanes. It needs AVX512F and AVX512DQ.")
	a := loadArguments()
	Comment("the numbers of the first 8 lanes")
	lane := ZMM()
	VMOVDQU64(firstLanes(), lane)
	blocks("avx512", 128, a, func() { blockAVX512(a, 16, lane) })
	blocks("avx512some", 32, a, func() { blockAVX512(a, 4, lane) })
	blocks("avx512tail", 8, a, func() { blockAVX512(a, 1, lane) })
	VZEROUPPER()
	RET()
}

func firstLanes() Mem {
	m := GLOBL("firstLanes", RODATA|NOPTR)
	for i := range 8 {
		DATA(8*i, U64(i))
	}
	return m
}

// blockAVX512 folds all shingles into count registers of lanes, and moves the numbers
// in lane on.
func blockAVX512(a arguments, count int, lane VecVirtual) {
	minima := make([]VecVirtual, count)
	for i := range minima {
		minima[i] = ZMM()
		VMOVDQU64(Mem{Base: a.dst, Disp: 64 * i}, minima[i])
	}
	eachShingle(a.n, func(j Register) {
		v, step := ZMM(), ZMM()
		VPBROADCASTQ(Mem{Base: a.h2s, Index: j, Scale: 8}, step)
		VPMULLQ(step, lane, v)
		VPADDQ_BCST(Mem{Base: a.h1s, Index: j, Scale: 8}, v, v)
		VPSLLQ(U8(3), step, step)
		for i, m := range minima {
			VPMINUQ(v, m, m)
			if i < len(minima)-1 {
				VPADDQ(step, v, v)
			}
		}
	})
	for i, m := range minima {
		VMOVDQU64(m, Mem{Base: a.dst, Disp: 64 * i})
	}
	next, number := ZMM(), GP64()
	MOVQ(U32(uint32(8*count)), number)
	VPBROADCASTQ(number, next)
	VPADDQ(next, lane, lane)
}
