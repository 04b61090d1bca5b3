namespace Attractor.Architecture.Tests.Documents;

/// <summary>A line of a page to type for the command.</summary>
/// <param name="Line">Of the page, from 1.</param>
/// <param name="Arguments">What stands behind the command's name.</param>
/// <param name="Printed">The lines that the page says it prints; <c>...</c> stands for any number of others.</param>
internal sealed record TypedLine(int Line, string Arguments, IReadOnlyList<string> Printed);
