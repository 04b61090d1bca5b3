namespace Attractor.Systems;

/// <summary>Partial derivatives of the expressions of a graph, as expressions of the same graph.</summary>
internal sealed class SymbolicDerivative(ExpressionGraph graph)
{
    private readonly Dictionary<(int Node, int Variable), int> _known = [];

    /// <summary>d node / d variable. At a kink of a function that is not smooth, the derivative of one side.</summary>
    public int Of(int node, int variable)
    {
        if (_known.TryGetValue((node, variable), out int known))
            return known;
        // Operands before users, without recursion: a graph may be as deep as it has terms.
        Stack<int> open = new([node]);
        while (open.TryPeek(out int top))
        {
            Term term = graph[top];
            bool ready = true;
            if (term.Operation is not (Operation.Constant or Operation.Variable))
            {
                foreach (int operand in (ReadOnlySpan<int>)[term.A, term.B])
                {
                    if (operand >= 0 && !_known.ContainsKey((operand, variable)))
                    {
                        open.Push(operand);
                        ready = false;
                    }
                }
            }
            if (!ready)
                continue;
            _known[(top, variable)] = Rule(top, term, variable);
            open.Pop();
        }
        return _known[(node, variable)];
    }

    private int Rule(int node, Term term, int variable)
    {
        if (term.Operation is Operation.Constant)
            return graph.Constant(0);
        if (term.Operation is Operation.Variable)
            return graph.Constant(term.A == variable ? 1 : 0);
        int a = term.A, b = term.B;
        int da = _known[(a, variable)], db = b >= 0 ? _known[(b, variable)] : -1;
        return term.Operation switch
        {
            Operation.Add => graph.Add(da, db),
            Operation.Subtract => graph.Subtract(da, db),
            Operation.Multiply => graph.Add(graph.Multiply(da, b), graph.Multiply(a, db)),
            Operation.Divide => graph.Divide(graph.Subtract(da, graph.Multiply(node, db)), b),
            Operation.Power => Power(node, a, b, da, db),
            Operation.Atan2 => graph.Divide(
                graph.Subtract(graph.Multiply(b, da), graph.Multiply(a, db)), graph.Add(graph.Multiply(a, a), graph.Multiply(b, b))),
            Operation.Minimum => Choose(graph.Binary(Operation.Below, a, b), da, db),
            Operation.Maximum => Choose(graph.Binary(Operation.Below, a, b), db, da),
            Operation.Below or Operation.Sign or Operation.Floor => graph.Constant(0),
            _ => graph.Multiply(Outer(node, term.Operation, a), da),
        };
    }

    /// <summary>The derivative of a function of one argument.</summary>
    private int Outer(int node, Operation function, int a)
    {
        int one = graph.Constant(1);
        return function switch
        {
            Operation.Negate => graph.Constant(-1),
            Operation.Sin => graph.Apply(Operation.Cos, a),
            Operation.Cos => graph.Negate(graph.Apply(Operation.Sin, a)),
            Operation.Tan => graph.Add(one, graph.Multiply(node, node)),
            Operation.Asin => graph.Divide(one, Cathetus(a)),
            Operation.Acos => graph.Divide(graph.Constant(-1), Cathetus(a)),
            Operation.Atan => graph.Divide(one, graph.Add(one, graph.Multiply(a, a))),
            Operation.Sinh => graph.Apply(Operation.Cosh, a),
            Operation.Cosh => graph.Apply(Operation.Sinh, a),
            Operation.Tanh => graph.Subtract(one, graph.Multiply(node, node)),
            Operation.Exp => node,
            Operation.Log => graph.Divide(one, a),
            Operation.Sqrt => graph.Divide(graph.Constant(0.5), node),
            Operation.Abs => graph.Apply(Operation.Sign, a),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of one argument."),
        };
    }

    private int Cathetus(int a) => graph.Apply(Operation.Sqrt, graph.Subtract(graph.Constant(1), graph.Multiply(a, a)));

    // A constant exponent must not bring in the logarithm of a base that may be negative.
    private int Power(int node, int a, int b, int da, int db)
    {
        int fromBase = graph.Multiply(graph.Multiply(b, graph.Power(a, graph.Subtract(b, graph.Constant(1)))), da);
        return graph.IsConstant(db, out double zero) && zero == 0
            ? fromBase
            : graph.Add(fromBase, graph.Multiply(graph.Multiply(node, graph.Apply(Operation.Log, a)), db));
    }

    private int Choose(int condition, int ifTrue, int ifFalse)
        => ifTrue == ifFalse
            ? ifTrue
            : graph.Add(graph.Multiply(condition, ifTrue), graph.Multiply(graph.Subtract(graph.Constant(1), condition), ifFalse));
}
