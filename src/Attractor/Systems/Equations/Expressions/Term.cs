namespace Attractor.Systems;

/// <summary>A node of an <see cref="ExpressionGraph"/>: an operation on earlier nodes, a constant, or a variable.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="A">Index of the first operand; of the variable.</param>
/// <param name="B">Index of the second operand, or -1.</param>
/// <param name="Value">Of a constant.</param>
internal readonly record struct Term(Operation Operation, int A, int B, double Value);
