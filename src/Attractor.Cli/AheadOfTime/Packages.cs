namespace Attractor.Cli;

/// <summary>Packages from outside, which a binary that is compiled ahead cannot load: it has no compiler for what they bring.</summary>
internal static class Packages
{
    public const string Variable = "ATTRACTOR_PACKAGES";

    public static void Load()
    {
        if (!string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Variable)))
            throw new InvalidDataException(
                $"{Variable} names packages, which a binary that is compiled ahead cannot load: "
                + "dotnet tool install --global Attractor.Cli installs the command that can");
    }
}
