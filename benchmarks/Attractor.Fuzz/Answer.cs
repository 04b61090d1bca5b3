using System.Text.RegularExpressions;

namespace Attractor.Fuzz;

/// <summary>What a command answered.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed partial record Answer(int Code, string Output, string Errors)
{
    /// <summary>What fits on a screen.</summary>
    public const int LongestMessage = 2000;

    /// <summary>What is wrong with it as an answer, if anything.</summary>
    public (string What, string Message)? Fault()
    {
        string last = Errors.TrimEnd().Split('\n')[^1];
        if (Errors.Contains("fault of the program", StringComparison.Ordinal) || Trace().IsMatch(Errors))
            return ("fault", last);
        if (Code is not (0 or 1 or 2 or 130))
            return ("code", $"exit code {Code}: {last}");
        if (Code == 0 && NotFinite().Match(Output) is { Success: true } match)
            return ("not finite", Output[Math.Max(0, match.Index - 60)..Math.Min(Output.Length, match.Index + 20)]);
        if (Code != 0 && Errors.Length + Output.Length == 0)
            return ("silent", $"exit code {Code} without a word");
        if (Code == 2 && !last.StartsWith("attractor: ", StringComparison.Ordinal))
            return ("form", last);
        if (Code == 2 && last.Length > LongestMessage)
            return ("length", $"{last[..100]} ... of {last.Length} characters");
        if (Raw().IsMatch(last))
            return ("raw", last);
        return Errors.Concat(Output).Any(c => c is '\u001b' or '\0' or '\u202e') ? ("control", last) : null;
    }

    /// <summary>Whether a message is the platform's own.</summary>
    public static bool IsRaw(string message) => Raw().IsMatch(message);

    [GeneratedRegex(@"^\s+at [A-Z][A-Za-z.]+\.", RegexOptions.Multiline)]
    private static partial Regex Trace();

    [GeneratedRegex(@"(?<![\w'])(NaN|-?Infinity|∞)(?![\w'])")]
    private static partial Regex NotFinite();

    // What the platform says where nobody has said anything better, and what only a programmer understands.
    [GeneratedRegex(
        @"Specified argument|\(Parameter '|must be a non-negative|must be a non-zero|must be (less|greater) than|Index was out"
        + @"|Object reference|Arithmetic oper|Value cannot be|Non-negative number|Exception|Sequence contains"
        + @"|could not be converted|Unable to")]
    private static partial Regex Raw();
}
