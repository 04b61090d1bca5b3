using System.Text;

namespace Attractor.Runs;

/// <summary>The names of a setting: a property, a key of a file, an option of a command line.</summary>
internal static class SettingName
{
    /// <summary><c>spectral_radius</c> of <c>SpectralRadius</c>.</summary>
    public static string Key(string property)
    {
        ArgumentNullException.ThrowIfNull(property);
        StringBuilder key = new();
        foreach (char c in property)
        {
            if (char.IsUpper(c) && key.Length > 0)
                key.Append('_');
            key.Append(char.ToLowerInvariant(c));
        }
        return key.ToString();
    }

    /// <summary><c>--spectral-radius</c> of <c>spectral_radius</c>.</summary>
    public static string Option(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return "--" + key.Replace('_', '-');
    }
}
