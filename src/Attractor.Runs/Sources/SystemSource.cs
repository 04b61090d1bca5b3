using System.Globalization;
using Attractor.Data;
using Attractor.Systems;

namespace Attractor.Runs;

/// <summary>A system that a command line names: one of the catalogue, or one of a file of equations.</summary>
internal static class SystemSource
{
    /// <summary>What one of the parameters that somebody gives is called in messages.</summary>
    public const string Parameter = "parameter";

    private const string Extension = ".ode";

    /// <summary>Whether the word names a file of equations: <c>own.ode</c>, or <c>own.ode:pendulum</c>.</summary>
    public static bool IsFile(string subject)
        => subject.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            || subject.Contains(Extension + ":", StringComparison.OrdinalIgnoreCase);

    /// <param name="subject">A name of the catalogue, or a file of equations.</param>
    /// <param name="parameters">Other values of parameters: <c>rho=30</c>.</param>
    /// <exception cref="ArgumentException">There is no such system, or it is a delay equation.</exception>
    public static SystemDefinition Find(string subject, IReadOnlyList<string>? parameters = null)
    {
        if (DelaySystem.Find(subject) is { } delayed)
        {
            throw new ArgumentException(
                $"{delayed.Name} is a delay equation, whose state is a function: this is for systems whose state is finitely many numbers. "
                + $"Make a series with 'attractor simulate {delayed.Name} -o data.npy' and use the estimators for data: attractor "
                + $"lyapunov, dimension or embed data.npy");
        }
        SystemDefinition system = IsFile(subject) ? OfFile(subject) : Known(subject);
        foreach (string parameter in parameters ?? [])
        {
            (string name, double value) = Assignment(parameter);
            system = system.With(name, value);
        }
        return system;
    }

    /// <summary>The name and the number of <c>rho=30</c>.</summary>
    /// <param name="parameter">The text.</param>
    /// <param name="setting">What messages call it.</param>
    public static (string Name, double Value) Assignment(string parameter, string setting = Parameter)
    {
        string[] parts = parameter.Split('=', 2, StringSplitOptions.TrimEntries);
        return parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? (parts[0], value)
            : throw new SettingException(SettingSentence.Join(
                $"{setting:setting} must be a name and a number such as rho=30, not '{parameter}'",
                $"{(parts.Length == 2 && parts[1].Length > 0 ? NumberText.Advice(parts[1], whole: false) : "")}"));
    }

    private static SystemDefinition Known(string name)
    {
        // The catalogue can only suggest what it holds.
        string? nearest = NearestName.Among(KnownSystems.Names.Concat(DelaySystem.All.Select(s => s.Name)), name);
        return nearest is not null && DelaySystem.Find(nearest) is not null
            ? throw new ArgumentException($"there is no system '{name}': did you mean '{nearest}'? 'attractor systems' lists them")
            : KnownSystems.Find(name);
    }

    private static SystemDefinition OfFile(string subject)
    {
        int colon = subject.LastIndexOf(Extension + ":", StringComparison.OrdinalIgnoreCase);
        string path = colon < 0 ? subject : subject[..(colon + Extension.Length)];
        IReadOnlyList<SystemDefinition> systems = SystemDefinition.Read(path);
        if (colon < 0)
        {
            return systems.Count == 1
                ? systems[0]
                : throw new ArgumentException($"{path} holds {systems.Count} systems: name one of them, such as {path}:{systems[0].Name}");
        }
        string name = subject[(colon + Extension.Length + 1)..];
        return systems.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(
                $"{path} has no system '{name}'; it has {string.Join(", ", systems.Take(20).Select(s => s.Name))}");
    }
}
