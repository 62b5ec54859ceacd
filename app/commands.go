package main

// commandLine declares every command; each has its file. The names are
// fixed, since scripts rely on them.
type commandLine struct {
	Window    windowCommand    `cmd:"" default:"withargs" help:"Open the window, on a study if one is named."`
	Import    importCommand    `cmd:"" help:"Import result files into a study."`
	Ask       askCommand       `cmd:"" help:"Ask for estimates, a row a group and measure."`
	Compare   compareCommand   `cmd:"" help:"Compare groups with a baseline."`
	Contrasts contrastsCommand `cmd:"" help:"List the contrasts that were set up, set one up, or delete one."`
	Monitors  monitorsCommand  `cmd:"" help:"Say what monitors flag, catch and miss."`
	Chart     chartCommand     `cmd:"" help:"Draw a chart into a file."`
	Figures   figuresCommand   `cmd:"" help:"Write the figures of a board, in their order."`
	Predict   predictCommand   `cmd:"" help:"Lay a motivation model beside a study."`
	Models    modelsCommand    `cmd:"" help:"List, export and import the motivation models of a study."`
	Score     scoreCommand     `cmd:"" help:"Score predictions, with rivals beside them."`
	Export    exportCommand    `cmd:"" help:"Write everything as plain tables."`
	Check     checkCommand     `cmd:"" help:"Check that a study file is whole."`
	Samples   samplesCommand   `cmd:"" help:"Write the bundled sample studies."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// questionFlags are the flags that every question has.
type questionFlags struct {
	Where  string  `help:"Filter, such as: condition:neutral,inoculation step>=100 -status:error" placeholder:"Q"`
	Steps  string  `help:"Step window: last:10, first:5, at:313, 100..200 or all." placeholder:"W"`
	Level  float64 `help:"Level of the intervals." default:"0.95"`
	Method string  `help:"Interval method in place of the default for the data." placeholder:"NAME"`
	Format string  `help:"table, csv or json." enum:"table,csv,json" default:"table"`
}
