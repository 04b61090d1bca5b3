using System.CommandLine;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor demo</c></summary>
internal static class DemoCommand
{
    public static Command Create() => new("demo", "x");
}
