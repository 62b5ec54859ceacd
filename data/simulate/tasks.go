package simulate

import "fmt"

// A task is an item of the evaluation: a small function to write, with one
// visible test.
type task struct{ name, want, in, out string }

// id is the item's identity, the same in every run.
func (t task) id(i int) string { return fmt.Sprintf("task-%02d-%s", i+1, t.name) }

// tasks has Items entries.
var tasks = [Items]task{
	{"reverse", "return the string backwards", `"abc"`, `"cba"`},
	{"rotate", "move every element k places to the right", `[1 2 3], 1`, `[3 1 2]`},
	{"merge", "merge two sorted lists", `[1 4], [2 3]`, `[1 2 3 4]`},
	{"dedupe", "drop repeated elements, keeping the first", `[1 1 2]`, `[1 2]`},
	{"median", "return the middle value of a list", `[3 1 2]`, `2`},
	{"mode", "return the most frequent value", `[4 4 5]`, `4`},
	{"wordcount", "count the words of a text", `"a b a"`, `3`},
	{"vowels", "count the vowels of a word", `"banana"`, `3`},
	{"anagram", "tell whether two words are anagrams", `"tea", "eat"`, `true`},
	{"palindrome", "tell whether a word reads the same backwards", `"level"`, `true`},
	{"fibonacci", "return the n-th Fibonacci number", `7`, `13`},
	{"factorial", "return the product of 1 to n", `5`, `120`},
	{"gcd", "return the greatest common divisor", `12, 18`, `6`},
	{"lcm", "return the least common multiple", `4, 6`, `12`},
	{"primes", "list the primes up to n", `10`, `[2 3 5 7]`},
	{"factors", "list the prime factors of n", `60`, `[2 2 3 5]`},
	{"binary", "write n in base two", `10`, `"1010"`},
	{"roman", "write n in Roman numerals", `14`, `"XIV"`},
	{"collatz", "count the Collatz steps down to 1", `6`, `8`},
	{"digits", "add up the digits of n", `493`, `16`},
	{"transpose", "swap the rows and columns of a table", `[[1 2] [3 4]]`, `[[1 3] [2 4]]`},
	{"diagonal", "add up the main diagonal of a square table", `[[1 2] [3 4]]`, `5`},
	{"spiral", "list a table's cells in a spiral", `[[1 2] [4 3]]`, `[1 2 3 4]`},
	{"flatten", "flatten nested lists", `[1 [2 [3]]]`, `[1 2 3]`},
	{"chunk", "cut a list into pieces of length k", `[1 2 3], 2`, `[[1 2] [3]]`},
	{"window", "list the moving sums of width k", `[1 2 3], 2`, `[3 5]`},
	{"peak", "return the index of a largest element", `[1 9 2]`, `1`},
	{"search", "find a value in a sorted list", `[1 3 5], 3`, `1`},
	{"brackets", "tell whether the brackets balance", `"[()]"`, `true`},
	{"caesar", "shift each letter by k", `"abc", 1`, `"bcd"`},
	{"runlength", "write runs of letters as counts", `"aab"`, `"2a1b"`},
	{"camel", "turn snake case into camel case", `"a_key"`, `"aKey"`},
	{"initials", "return the initials of a name", `"Ada Lovelace"`, `"AL"`},
	{"title", "capitalize each word", `"two words"`, `"Two Words"`},
	{"leap", "tell whether a year is a leap year", `2024`, `true`},
	{"weekday", "return the day of the week of a date", `"2024-01-01"`, `"Monday"`},
	{"change", "return the fewest coins for an amount", `30, [10 20]`, `2`},
	{"stairs", "count the ways to climb n steps by ones and twos", `4`, `5`},
	{"distance", "return the edit distance of two words", `"cat", "cut"`, `1`},
	{"overlap", "tell whether two intervals overlap", `[1 3], [2 5]`, `true`},
}
