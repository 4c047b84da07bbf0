//go:build !purego

#include "textflag.h"

// The minima of a block of lanes stay in registers, two lanes in each, while the
// shingles pass by:
//
//	R0 dst   R1 h1s   R2 h2s   R3 lanes left   R4 shingles
//	R5 number of the block's first lane
//	R6 R7 the next shingle's hashes, R8 shingles left, R9 R10 scratch
//	V0-V15 minima   V16 values   V17 2*h2 in both lanes   V18 mask
//
// FOLD takes the smaller of the values and of the minima in register number n, and
// moves the values two lanes on. The assembler has no name for
// CMHI V18.2D, minima.2D, V16.2D, the comparison of unsigned numbers.
#define FOLD(n, minima) \
	WORD $(0x6EE03400 | 16<<16 | n<<5 | 18) \
	VBIT V18.B16, V16.B16, minima.B16       \
	VADD V17.D2, V16.D2, V16.D2

// NEXT loads the next shingle: the values of the block's first two lanes, and the step.
#define NEXT \
	MOVD.P 8(R6), R9      \
	MOVD.P 8(R7), R10     \
	MADD   R5, R9, R10, R9 \
	VMOV   R9, V16.D[0]   \
	ADD    R10, R9, R9    \
	VMOV   R9, V16.D[1]   \
	LSL    $1, R10, R10   \
	VDUP   R10, V17.D2

// func foldNEON(dst, h1s, h2s *uint64, lanes, n int)
TEXT ·foldNEON(SB), NOSPLIT, $0-40
	MOVD dst+0(FP), R0
	MOVD h1s+8(FP), R1
	MOVD h2s+16(FP), R2
	MOVD lanes+24(FP), R3
	MOVD n+32(FP), R4
	MOVD $0, R5

many:
	CMP    $32, R3
	BLT    few
	MOVD   R0, R9
	VLD1.P 64(R9), [V0.D2, V1.D2, V2.D2, V3.D2]
	VLD1.P 64(R9), [V4.D2, V5.D2, V6.D2, V7.D2]
	VLD1.P 64(R9), [V8.D2, V9.D2, V10.D2, V11.D2]
	VLD1.P 64(R9), [V12.D2, V13.D2, V14.D2, V15.D2]
	MOVD   R1, R6
	MOVD   R2, R7
	MOVD   R4, R8

manyShingles:
	NEXT
	FOLD(0, V0)
	FOLD(1, V1)
	FOLD(2, V2)
	FOLD(3, V3)
	FOLD(4, V4)
	FOLD(5, V5)
	FOLD(6, V6)
	FOLD(7, V7)
	FOLD(8, V8)
	FOLD(9, V9)
	FOLD(10, V10)
	FOLD(11, V11)
	FOLD(12, V12)
	FOLD(13, V13)
	FOLD(14, V14)
	FOLD(15, V15)
	SUBS   $1, R8, R8
	BNE    manyShingles
	VST1.P [V0.D2, V1.D2, V2.D2, V3.D2], 64(R0)
	VST1.P [V4.D2, V5.D2, V6.D2, V7.D2], 64(R0)
	VST1.P [V8.D2, V9.D2, V10.D2, V11.D2], 64(R0)
	VST1.P [V12.D2, V13.D2, V14.D2, V15.D2], 64(R0)
	ADD    $32, R5, R5
	SUB    $32, R3, R3
	B      many

few:
	CMP  $8, R3
	BLT  done
	VLD1 (R0), [V0.D2, V1.D2, V2.D2, V3.D2]
	MOVD R1, R6
	MOVD R2, R7
	MOVD R4, R8

fewShingles:
	NEXT
	FOLD(0, V0)
	FOLD(1, V1)
	FOLD(2, V2)
	FOLD(3, V3)
	SUBS   $1, R8, R8
	BNE    fewShingles
	VST1.P [V0.D2, V1.D2, V2.D2, V3.D2], 64(R0)
	ADD    $8, R5, R5
	SUB    $8, R3, R3
	B      few

done:
	RET
