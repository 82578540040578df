# git starts this for each ref that a push would move, with its name, its old and its new object.
case ${1-} in
refs/tags/*)
    case ${3-} in
    *[!0]*)
        @find@
        "$git_postmortem" hook run update "$1" "${2-}" "$3" </dev/null >&2 || exit $?
        ;;
    esac
    ;;
esac
unset git_postmortem git_postmortem_place
