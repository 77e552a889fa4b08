package io.ftpalg.server.cli;

import io.ftpalg.server.log.Escape;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Formats an error of the command line in one line: the option, what it got, and what is expected. */
public final class OptionErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("ftp-alg: " + Escape.line(describe(failure)) + " (try --help)");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String describe(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (failure instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec option = missing.getMissing().get(0);
            return name(option) + " needs a value: " + option.paramLabel();
        }
        if (failure instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        }
        ArgSpec option = failure.getArgSpec();
        if (option != null && option.arity().max() == 0) {
            return name(option) + " takes no value";
        }
        if (option != null && failure.getCause() instanceof TypeConversionException) {
            return name(option) + " '" + failure.getValue() + "': "
                    + failure.getCause().getMessage();
        }
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("bad command line");
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String first = failure.getUnmatched().get(0);
        String what = (failure.isUnknownOption() ? "unknown option " : "unknown command ") + first;
        List<String> suggestions = failure.getSuggestions();
        return suggestions.isEmpty()
                ? what
                : what + ", did you mean " + suggestions.stream().limit(2).collect(Collectors.joining(" or ")) + "?";
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }
}
