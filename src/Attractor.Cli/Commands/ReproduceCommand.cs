using System.CommandLine;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor reproduce</c></summary>
internal static class ReproduceCommand
{
    public static Command Create() => new("reproduce", "x");
}
