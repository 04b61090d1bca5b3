using System.CommandLine;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor report</c></summary>
internal static class ReportCommand
{
    public static Command Create() => new("report", "x");
}
