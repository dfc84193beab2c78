using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>tokens</c>: who may come in over HTTP.</summary>
internal static class TokensCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner) => new DocumentedCommand(
        "tokens",
        "Let users in over HTTP: viewers see, submitters change their own sweeps, admins all.",
        new Example("tokens create anna --role submitter"),
        new Example("tokens list"),
        new Example("tokens revoke anna"))
    {
        Make(runner), List(runner), Revoke(runner),
    };

    private static DocumentedCommand Make(CommandRunner runner)
    {
        Argument<string> name = new("NAME") { Description = "Name of the user; sweeps that a console of the same user submits are its own." };
        Option<AccessRole?> role = OptionParsing.Word<AccessRole>("--role", "viewer sees, submitter also submits and changes its own sweeps, admin changes all.");
        role.Required = true;
        Option<TimeSpan?> expires = OptionParsing.Duration("--expires", "How long it is good for, such as 90d or 12h. Default: until it is revoked.");
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "create",
            "Make a token and show it, this once: silo and store keep its hash only.",
            new Example("tokens create anna --role submitter --expires 90d"))
        {
            name, role, expires, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string user = call.Parse.GetRequiredValue(name);
            if (TokenSecret.ComplaintOf(user) is { } complaint)
            {
                throw new CliException(ExitCode.BadInput, $"'{user}' cannot be the name of a user: {complaint}.");
            }

            string secret = TokenSecret.Create();
            AccessRole given = call.Parse.GetValue(role)!.Value; // required
            ControlResult result = await call.AskOnceAsync(
                client => client.GetGrain<IAccessGrain>(0).CreateTokenAsync(user, given, TokenSecret.HashOf(secret), call.Parse.GetValue(expires)), stop);
            if (!result.Done)
            {
                throw new CliException(ExitCode.Failed, $"No token was made: {result.Message}.");
            }

            if (call.Parse.GetValue(output) == OutputFormat.Json)
            {
                JsonOutput.Write(call.Terminal, new { Name = user, Role = given, Token = secret });
                return ExitCode.Ok;
            }

            await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync(secret);
            call.Notice($"{result.Message}. The token is shown this once; scripts send it as `Authorization: Bearer {TokenSecret.Prefix}…`, the page takes it in its form.");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static DocumentedCommand List(CommandRunner runner)
    {
        Option<bool> all = new("--all") { Description = "Those that were revoked or have run out, too." };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand("list", "List the tokens.", new Example("tokens list")) { all, output };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            DateTimeOffset now = call.Clock.GetUtcNow();
            ImmutableArray<AccessToken> tokens = await call.AskAsync(client => client.GetGrain<IAccessGrain>(0).ListTokensAsync(), stop);
            tokens = call.Parse.GetValue(all) ? tokens : [.. tokens.Where(token => token.IsGood(now))];
            Write(call.Terminal, tokens, now, call.Parse.GetValue(output));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static DocumentedCommand Revoke(CommandRunner runner)
    {
        Argument<string> name = new("NAME") { Description = "Name of the user." };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand("revoke", "Let a user in no more: sessions and streams end at once.", new Example("tokens revoke anna")) { name, output };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            ControlResult result = await call.AskOnceAsync(client => client.GetGrain<IAccessGrain>(0).RevokeTokenAsync(call.Parse.GetRequiredValue(name)), stop);
            if (call.Parse.GetValue(output) == OutputFormat.Json)
            {
                JsonOutput.Write(call.Terminal, result);
            }
            else
            {
                await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync(result.Message);
            }

            return result.Done ? ExitCode.Ok : ExitCode.Failed;
        }));
        return command;
    }

    private static void Write(Terminal terminal, ImmutableArray<AccessToken> tokens, DateTimeOffset now, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, tokens);
            return;
        }

        if (tokens.IsEmpty)
        {
            terminal.Error.WriteLine("There is no token. `sweeper tokens create NAME --role viewer` makes one.");
            return;
        }

        Table table = PlainTable.Of(["name", "role", "made", "by", "good"]);
        foreach (AccessToken token in tokens)
        {
            string good = token.RevokedAt is { } revoked ? $"revoked {HumanText.Moment(revoked, terminal.Zone)} by {token.RevokedBy}"
                : token.ExpiresAt is { } end ? $"{(token.IsGood(now) ? "until" : "ran out")} {HumanText.Moment(end, terminal.Zone)}"
                : "until revoked";
            table.AddRow([
                PlainTable.Cell(token.Name),
                PlainTable.Cell(token.Role.ToString().ToLowerInvariant()),
                PlainTable.Cell(HumanText.Moment(token.CreatedAt, terminal.Zone)),
                PlainTable.Cell(token.CreatedBy),
                PlainTable.Cell(good),
            ]);
        }

        terminal.Out.Write(table);
    }
}
