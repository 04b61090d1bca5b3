namespace Attractor.Systems;

/// <summary>
/// Expressions as one directed graph in which equal terms are the same node, so that what several equations and their
/// derivatives have in common is computed once. An expression is the index of its node; operands come before their users.
/// </summary>
internal sealed class ExpressionGraph
{
    // Symbolic derivatives of hostile input can grow without bound.
    private const int MostTerms = 200_000, LargestExpandedPower = 64;

    private readonly List<Term> _terms = [];
    private readonly Dictionary<Term, int> _index = [];

    public Term this[int node] => _terms[node];

    public int Count => _terms.Count;

    public int Constant(double value) => Node(new(Operation.Constant, -1, -1, value));

    public int Variable(int index) => Node(new(Operation.Variable, index, -1, 0));

    public bool IsConstant(int node, out double value)
    {
        value = _terms[node].Value;
        return _terms[node].Operation is Operation.Constant;
    }

    public int Add(int a, int b)
        => Is(a, 0) ? b : Is(b, 0) ? a : Binary(Operation.Add, a, b);

    public int Subtract(int a, int b)
        => Is(b, 0) ? a : Is(a, 0) ? Negate(b) : a == b ? Constant(0) : Binary(Operation.Subtract, a, b);

    public int Multiply(int a, int b)
        => Is(a, 0) || Is(b, 0) ? Constant(0)
            : Is(a, 1) ? b : Is(b, 1) ? a
            : Is(a, -1) ? Negate(b) : Is(b, -1) ? Negate(a)
            : Binary(Operation.Multiply, a, b);

    public int Divide(int a, int b)
        => Is(a, 0) && !Is(b, 0) ? a : Is(b, 1) ? a : Binary(Operation.Divide, a, b);

    public int Negate(int a)
        => _terms[a].Operation is Operation.Negate ? _terms[a].A : Apply(Operation.Negate, a);

    /// <summary>a ^ b: whole powers become products.</summary>
    public int Power(int a, int b)
    {
        if (!IsConstant(b, out double exponent))
            return Binary(Operation.Power, a, b);
        if (exponent == 0.5)
            return Apply(Operation.Sqrt, a);
        if (exponent != Math.Floor(exponent) || Math.Abs(exponent) > LargestExpandedPower)
            return Binary(Operation.Power, a, b);
        return exponent < 0 ? Divide(Constant(1), Whole(a, (int)-exponent)) : Whole(a, (int)exponent);
    }

    /// <summary>A function of two arguments.</summary>
    public int Binary(Operation operation, int a, int b)
        => IsConstant(a, out double x) && IsConstant(b, out double y)
            ? Constant(Arithmetic.Evaluate(operation, x, y))
            : Node(new(operation, a, b, 0));

    /// <summary>A function of one argument.</summary>
    public int Apply(Operation operation, int a)
        => IsConstant(a, out double x) ? Constant(Arithmetic.Evaluate(operation, x, 0)) : Node(new(operation, a, -1, 0));

    private int Whole(int a, int exponent)
    {
        int result = Constant(1);
        for (int square = a; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                result = Multiply(result, square);
            if (exponent > 1)
                square = Multiply(square, square);
        }
        return result;
    }

    private bool Is(int node, double value) => IsConstant(node, out double found) && found == value;

    private int Node(Term term)
    {
        if (_index.TryGetValue(term, out int known))
            return known;
        if (_terms.Count == MostTerms)
            throw new InvalidDataException($"The equations and their derivatives have more than {MostTerms} terms.");
        _terms.Add(term);
        return _index[term] = _terms.Count - 1;
    }
}
