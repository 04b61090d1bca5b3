using System.Runtime.CompilerServices;

namespace Attractor.Systems;

/// <summary>Evaluates a graph node by node, where no machine code can be made at run time.</summary>
internal static class EquationInterpreter
{
    /// <summary>The same kernel as <see cref="EquationCompiler.Compile"/>, some ten times slower.</summary>
    public static EquationKernel Interpret(ExpressionGraph graph, ReadOnlySpan<int> outputs)
    {
        int[] results = outputs.ToArray();
        Term[] terms = [.. Enumerable.Range(0, graph.Count).Select(i => graph[i])];
        return (ref double state, ref double written) =>
        {
            double[] values = new double[terms.Length];
            for (int node = 0; node < terms.Length; node++)
            {
                Term term = terms[node];
                values[node] = term.Operation switch
                {
                    Operation.Constant => term.Value,
                    Operation.Variable => Unsafe.Add(ref state, term.A),
                    _ => Arithmetic.Evaluate(term.Operation, values[term.A], term.B >= 0 ? values[term.B] : 0),
                };
            }
            for (int i = 0; i < results.Length; i++)
                Unsafe.Add(ref written, i) = values[results[i]];
        };
    }
}
