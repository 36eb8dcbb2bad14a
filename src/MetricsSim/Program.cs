using MetricsSim.Cli;

using var interrupts = Interrupts.Listen();
var program = new CommandLine(Terminal.OfProcess(), Commands.All);
return await program.RunAsync(args, interrupts.Stop);
