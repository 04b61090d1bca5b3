using System.CommandLine;

namespace Attractor.Cli.Commands;

/// <summary><c>attractor data</c></summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Fetch published data.") { MnistCommand.Create() };
}
