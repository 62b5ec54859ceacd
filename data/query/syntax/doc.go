// Package syntax documents the language of filters. It has no code; package
// query parses the language.
//
// A filter is made of terms. A run, checkpoint or sample passes when all
// terms hold. A term is about a field; a few fields mean something to the
// program (run, condition, seed, step, item, eval, grader …), and all others
// go by the names that they have in the files.
//
// On the left is what is typed, on the right how the program reads it:
//
//	condition:neutral                        condition is neutral
//	condition:neutral,inoculation            condition is neutral or inoculation
//	condition:neutral step>=100              condition is neutral and step ≥ 100
//	-status:error                            status is not error
//	status!=error                            status is not error
//	NOT status:error                         status is not error
//	condition:a,b -status:error              condition is a or b, and status is not error
//
// Text is compared as it stands, numbers as numbers: lr:1e-4 finds 0.0001.
// Capital letters matter, except after ~ and in bare words.
//
//	lr:1e-4                                  lr is 1e−4
//	step:100..200                            step is 100 to 200
//	step:..200                               step is at most 200
//	step:0,100..200                          step is 0 or 100 to 200
//	hack>0.5                                 hack > 0.5
//	hack <= .05                              hack ≤ .05
//	train_prompt~hack                        train_prompt contains hack
//	train_prompt~"reward hack",cheat         train_prompt contains “reward hack” or cheat
//	sandbag                                  any field contains sandbag
//	-sandbag                                 no field contains sandbag
//
// A star asks whether a field is recorded. What is not recorded is not zero:
// it fulfills no comparison, and so passes the comparison's negation.
//
//	seed:*                                   seed is recorded
//	-seed:*                                  seed is not recorded
//	train_prompt:""                          train_prompt is empty
//	-hack>0.5                                hack is not > 0.5
//	hack:* -hack>0.5                         hack is recorded and hack is not > 0.5
//
// A group whose samples were scored by several graders has a row for each of
// them. To pool them in spite of that, say so:
//
//	grader:any                               grader is any
//
// OR joins alternatives. It binds less than standing side by side, which
// AND, that may be written, does not change; parentheses group.
//
//	seed:1 OR step<10                        seed is 1 or step < 10
//	a:1 b:2 OR c:3                           (a is 1 and b is 2) or c is 3
//	a:1 AND (b:2 OR c:3)                     a is 1, and (b is 2 or c is 3)
//	-(a:1 b:2)                               not (a is 1 and b is 2)
//
// Names and values with spaces, commas, parentheses or quotes stand between
// double quotes, where \" is a quote, \\ a backslash, and \n and \t are a
// line's end and a tab. Names also need quotes around : < > = ! and ~.
//
//	"learning rate":1e-4                     learning rate is 1e−4
//	model:openai/gpt-4:free                  model is openai/gpt-4:free
//	train_prompt:"Say \"hi\", then stop"     train_prompt is “Say "hi", then stop”
//	monitor.score>=0.5                       monitor.score ≥ 0.5
//	judge.flag:1,unknown                     judge.flag is 1 or unknown
package syntax
