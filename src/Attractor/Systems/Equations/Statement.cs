namespace Attractor.Systems;

/// <summary>A line of a definition: <c>r2 = x^2 + y^2</c>, <c>f(u) = tanh(u)</c> or <c>x' = y</c>.</summary>
/// <param name="Name">What is defined.</param>
/// <param name="Arguments">Names of the arguments of a function; null for a value.</param>
/// <param name="IsEquation">Whether the line gives the derivative, or the next value, of a state variable.</param>
/// <param name="Expression">The right-hand side.</param>
/// <param name="Line">Where it stands in its file, from 1.</param>
internal sealed record Statement(string Name, string[]? Arguments, bool IsEquation, string Expression, int Line)
{
    public override string ToString()
        => $"{Name}{(Arguments is null ? "" : $"({string.Join(", ", Arguments)})")}{(IsEquation ? "'" : "")} = {Expression}";
}
