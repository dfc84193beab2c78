return await Sweeper.Client.Commands.SweeperCli.RunAsync(args, Sweeper.Client.Rendering.Terminal.OfProcess);
