namespace Attractor.Systems;

/// <summary>What a term of an expression does with its operands.</summary>
internal enum Operation
{
    Constant,
    Variable,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Atan2,
    Minimum,
    Maximum,

    /// <summary>1 where the first operand is below the second, else 0.</summary>
    Below,
    Negate,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Exp,
    Log,
    Sqrt,
    Abs,
    Sign,
    Floor,
}
