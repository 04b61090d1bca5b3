using System.CommandLine;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor studio</c> of a binary that is compiled ahead, which has no studio: its pages need the runtime.</summary>
internal static class StudioCommand
{
    public static Command Create()
    {
        // Whatever was asked of it.
        Argument<string[]> rest = new("folder") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        Command command = new("studio", "The same in a browser (not in this binary: dotnet tool install --global Attractor.Cli has it).")
        {
            rest,
        };
        command.SetAction(Refuse);
        return command;
    }

    private static int Refuse(ParseResult parsed) => throw new ArgumentException(
        "the studio is not part of the binary that is compiled ahead: dotnet tool install --global Attractor.Cli installs the command "
        + "with it");
}
