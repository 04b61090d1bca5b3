using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;

namespace Attractor.Systems;

/// <summary>Turns expressions of a graph into machine code: results[i] = expression i (state).</summary>
internal static class EquationCompiler
{
    /// <summary>A kernel that writes one result for each of <paramref name="outputs"/>.</summary>
    [RequiresDynamicCode("Machine code is made at run time.")]
    public static EquationKernel Compile(ExpressionGraph graph, ReadOnlySpan<int> outputs)
    {
        DynamicMethod method = new(
            "equations",
            typeof(void),
            [typeof(double).MakeByRefType(), typeof(double).MakeByRefType()],
            typeof(EquationCompiler).Module,
            skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        LocalBuilder?[] locals = new LocalBuilder?[graph.Count];
        // In the order of the nodes, every operand is there when it is wanted.
        bool[] wanted = Wanted(graph, outputs);
        for (int node = 0; node < graph.Count; node++)
        {
            if (!wanted[node] || graph[node].Operation is Operation.Constant)
                continue;
            Emit(il, graph, graph[node], locals);
            locals[node] = il.DeclareLocal(typeof(double));
            il.Emit(OpCodes.Stloc, locals[node]!);
        }
        for (int i = 0; i < outputs.Length; i++)
        {
            Address(il, OpCodes.Ldarg_1, i);
            Load(il, graph, outputs[i], locals);
            il.Emit(OpCodes.Stind_R8);
        }
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<EquationKernel>();
    }

    private static bool[] Wanted(ExpressionGraph graph, ReadOnlySpan<int> outputs)
    {
        bool[] wanted = new bool[graph.Count];
        foreach (int output in outputs)
            wanted[output] = true;
        for (int node = graph.Count - 1; node >= 0; node--)
        {
            if (!wanted[node] || graph[node].Operation is Operation.Constant or Operation.Variable)
                continue;
            wanted[graph[node].A] = true;
            if (graph[node].B >= 0)
                wanted[graph[node].B] = true;
        }
        return wanted;
    }

    private static void Emit(ILGenerator il, ExpressionGraph graph, Term term, LocalBuilder?[] locals)
    {
        if (term.Operation is Operation.Variable)
        {
            Address(il, OpCodes.Ldarg_0, term.A);
            il.Emit(OpCodes.Ldind_R8);
            return;
        }
        Load(il, graph, term.A, locals);
        if (term.B >= 0)
            Load(il, graph, term.B, locals);
        switch (term.Operation)
        {
            case Operation.Add:
                il.Emit(OpCodes.Add);
                break;
            case Operation.Subtract:
                il.Emit(OpCodes.Sub);
                break;
            case Operation.Multiply:
                il.Emit(OpCodes.Mul);
                break;
            case Operation.Divide:
                il.Emit(OpCodes.Div);
                break;
            case Operation.Negate:
                il.Emit(OpCodes.Neg);
                break;
            default:
                il.Emit(OpCodes.Call, Method(term.Operation));
                break;
        }
    }

    private static void Load(ILGenerator il, ExpressionGraph graph, int node, LocalBuilder?[] locals)
    {
        if (graph.IsConstant(node, out double value))
            il.Emit(OpCodes.Ldc_R8, value);
        else
            il.Emit(OpCodes.Ldloc, locals[node]!);
    }

    private static void Address(ILGenerator il, OpCode argument, int index)
    {
        il.Emit(argument);
        if (index == 0)
            return;
        il.Emit(OpCodes.Ldc_I4, index * sizeof(double));
        il.Emit(OpCodes.Add);
    }

    // Naming the methods in code keeps them when a program is trimmed.
    private static MethodInfo Method(Operation operation)
    {
        Delegate function = operation switch
        {
            Operation.Power => Math.Pow,
            Operation.Atan2 => Math.Atan2,
            Operation.Minimum => (Func<double, double, double>)Math.Min,
            Operation.Maximum => (Func<double, double, double>)Math.Max,
            Operation.Below => Arithmetic.Below,
            Operation.Sin => Math.Sin,
            Operation.Cos => Math.Cos,
            Operation.Tan => Math.Tan,
            Operation.Asin => Math.Asin,
            Operation.Acos => Math.Acos,
            Operation.Atan => Math.Atan,
            Operation.Sinh => Math.Sinh,
            Operation.Cosh => Math.Cosh,
            Operation.Tanh => Math.Tanh,
            Operation.Exp => Math.Exp,
            Operation.Log => (Func<double, double>)Math.Log,
            Operation.Sqrt => Math.Sqrt,
            Operation.Abs => (Func<double, double>)Math.Abs,
            Operation.Sign => Arithmetic.Sign,
            Operation.Floor => (Func<double, double>)Math.Floor,
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a function."),
        };
        return function.Method;
    }
}
