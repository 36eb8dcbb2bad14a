using MetricsSim.Cli;

using var interrupts = Interrupts.Listen();
var program = new CommandLine(
    Terminal.OfProcess(),
    shared => [new ServeCommand(shared), new ScenariosCommand(shared), new ValidateCommand(shared), new RenderCommand(shared)]);
return await program.RunAsync(args, interrupts.Stop);
