using System.Text;

namespace Attractor.Models;

/// <summary>
/// Choices as commands and files name them: <c>leaky-relu</c> for LeakyRelu, <c>shplrnn</c> for ShallowPlrnn as the literature has it.
/// </summary>
public static class KebabCase
{
    /// <summary>The word of a choice.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
        => Of(value.ToString());

    /// <summary>The word of the name of a choice.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        StringBuilder word = new();
        foreach (char c in name)
        {
            if (char.IsUpper(c) && word.Length > 0)
                word.Append('-');
            word.Append(char.ToLowerInvariant(c));
        }
        return word.Replace("shallow-plrnn", "shplrnn").ToString();
    }

    /// <summary>The words of all choices, in their order.</summary>
    public static string[] All<T>()
        where T : struct, Enum
        => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>The choice of a word.</summary>
    /// <returns>Null if there is none of that word.</returns>
    public static T? Find<T>(string word)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
            if (Of(value) == word)
                return value;
        return null;
    }
}
